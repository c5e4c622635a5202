import type { Life } from './life.ts'

interface Waiting {
  life: Life
  go: () => void
}

/** Web Locks: shared by all workers of one browser, given back when the holder is done or stopped. */
export function createLocks() {
  const held = new Map<string, Life>()
  const queues = new Map<string, Waiting[]>()

  function giveBack(name: string, life: Life): void {
    if (held.get(name) !== life) return
    held.delete(name)
    const queue = queues.get(name) ?? []
    queues.set(name, queue)
    let next = queue.shift()
    while (next?.life.isDead) next = queue.shift()
    next?.go()
  }

  function take(name: string, life: Life): void {
    held.set(name, life)
    life.onEnd(() => giveBack(name, life))
  }

  async function hold<T>(name: string, life: Life, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } finally {
      giveBack(name, life)
    }
  }

  return {
    async ifFree<T>(name: string, life: Life, work: () => Promise<T>): Promise<T | undefined> {
      if (held.has(name)) return undefined
      take(name, life)
      return hold(name, life, work)
    },
    async inTurn<T>(name: string, life: Life, work: () => Promise<T>): Promise<T> {
      if (held.has(name))
        await new Promise<void>((done) => {
          const go = () => {
            take(name, life)
            done()
          }
          queues.set(name, [...(queues.get(name) ?? []), { life, go }])
        })
      else take(name, life)
      return hold(name, life, work)
    },
  }
}

export type Locks = ReturnType<typeof createLocks>
