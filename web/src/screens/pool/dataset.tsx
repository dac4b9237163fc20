export function DatasetScreen() {
  return null;
}
