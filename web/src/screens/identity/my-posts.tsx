export function MyPostsScreen() {
  return null;
}
