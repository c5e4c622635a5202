import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore, type Store } from '../../lib/store/db.ts'
import { changeSync, syncOf } from '../../lib/store/sync-state.ts'

const ACCOUNT = 'moodle.example/3'
let store: Store
let names = 0

beforeEach(async () => {
  store = openStore(`remembered-${++names}`)
  await changeSync(store, ACCOUNT, { failures: 1 })
})

const failures = async (of = store) => (await syncOf(of, ACCOUNT)).failures

describe('what was read of a small table', () => {
  it('is not read again', async () => {
    await failures()
    const asked = vi.spyOn(store.sync, 'toArray')
    expect(await failures()).toBe(1)
    expect(asked).not.toHaveBeenCalled()
    await changeSync(store, ACCOUNT, { failures: 2 })
    asked.mockClear()
    await failures()
    expect(asked).toHaveBeenCalled()
  })

  it('is read again when something was written, whoever wrote it', async () => {
    expect(await failures()).toBe(1)
    await changeSync(store, ACCOUNT, { failures: 2 })
    expect(await failures()).toBe(2)
    await changeSync(openStore(store.name), ACCOUNT, { failures: 3 })
    expect(await failures()).toBe(3)
  })

  it('is to a transaction what it has written, and to the others only when it is over', async () => {
    expect(await failures()).toBe(1)
    const stopped = store.transaction('rw', store.sync, async () => {
      await changeSync(store, ACCOUNT, { failures: 2 })
      expect(await failures()).toBe(2)
      throw new Error('stopped')
    })
    await expect(stopped).rejects.toThrow('stopped')
    expect(await failures()).toBe(1)
  })

  it('is gone with its database', async () => {
    expect(await failures()).toBe(1)
    await store.delete()
    await store.open()
    expect(await failures()).toBe(0)
  })
})
