/** Its content is the clearance screens' own; the route and the way to it stand already. */
export function DeclarationScreen() {
  return null;
}
