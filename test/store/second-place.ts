import type { SecondPlace } from '../../lib/store/second-place.ts'

/** `storage.local` as it is: takes copies, gives copies. */
export function createSecondPlace() {
  const items = new Map<string, unknown>()
  const place: SecondPlace = {
    read: async () => structuredClone(Object.fromEntries(items)),
    async write(changes) {
      await Promise.resolve()
      for (const [key, item] of structuredClone(changes)) {
        if (item === undefined) items.delete(key)
        else items.set(key, item)
      }
    },
  }
  const keys = (of: string) => [...items.keys()].filter((key) => key.startsWith(`kept:${of}:`))
  return { items, keys, place, raw: () => JSON.stringify([...items]) }
}
