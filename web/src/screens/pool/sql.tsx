export function SqlScreen() {
  return null;
}
