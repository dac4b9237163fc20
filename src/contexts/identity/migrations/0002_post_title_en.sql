alter table identity.post add column title_en text;
comment on column identity.post.title_en is 'The title in English; null where nobody has given one.';
