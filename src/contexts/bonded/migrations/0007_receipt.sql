-- What an ERP moved under the number of a list, and what was taken back: few rows of a journal are either.
create index journal_by_list on bonded.journal (ledger, left(document, 18))
  where kind in ('imported', 'exported', 'reExported', 'soldAtHome') and document is not null;
create index journal_by_reversed on bonded.journal (ledger, (detail ->> 'reverses'))
  where kind = 'reversed';

-- Lists count their postings from now on; none was posted back before.
update bonded.list set body = (body::jsonb || jsonb_build_object(
  'postings', case when posting in ('posted', 'writtenOff') then 1 else 0 end,
  'backs', 0, 'isGoingBack', false))::json;
