export function FigureScreen() {
  return null;
}
