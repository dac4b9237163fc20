interface Asked {
  readonly data: object | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly isPlaceholderData: boolean;
  refetch(): unknown;
}

/** What a table shows of a list beside its rows: the page after them, and how the asking goes. */
export const tableState = (list: Asked) => ({
  next: (list.data as { readonly next?: string | number | null } | undefined)?.next ?? null,
  isLoading: list.isLoading,
  isStale: list.isPlaceholderData,
  error: list.error,
  onRetry: () => void list.refetch(),
});
