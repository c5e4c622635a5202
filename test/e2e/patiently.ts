/** A browser now and then hangs as it starts, or starts from a disk that nobody has read yet: it is started again, once. */
export function patiently<T>(start: () => Promise<T>): Promise<T> {
  return start().catch(start)
}
