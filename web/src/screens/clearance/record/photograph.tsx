import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Icon } from '../../../parts/icon.tsx';

/**
 * Files are served as attachments of no type, so that an uploaded page can never run as ours. A
 * photograph is therefore fetched and shown from memory.
 */
export function Photograph({ id, label }: { readonly id: string; readonly label: string }) {
  const { data } = useQuery({
    queryKey: ['photograph', id],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/files/${id}`, { signal });
      if (!response.ok) throw new Error(String(response.status));
      return response.blob();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const source = useObjectUrl(data);
  return source ? (
    <a href={source} target="_blank" rel="noreferrer" className="photograph">
      <img src={source} alt={label} loading="lazy" />
    </a>
  ) : (
    <span className="photograph photograph-wait" role="img" aria-label={label}>
      <Icon name="examine" />
    </span>
  );
}

/** An address for bytes in memory, given back when they are no longer shown. */
export function useObjectUrl(bytes: Blob | undefined): string | null {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    if (!bytes) return;
    const made = URL.createObjectURL(bytes);
    setSource(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return source;
}
