/** Made when it is first wanted, then kept. A worker starts often and needs few of the schemas each time. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
