import { beforeEach, describe, expect, it, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { untilChanged } from '../../lib/extension/until-changed.ts'

beforeEach(() => fakeBrowser.reset())

function colour() {
  const read = vi.fn(async () => (await browser.storage.local.get<{ colour?: string }>('colour')).colour)
  return { asked: read, held: untilChanged('local', read, 'colour') }
}

describe('what the browser’s storage holds', () => {
  it('is asked for once as long as it stays the same, whatever else changes', async () => {
    const { asked, held } = colour()
    await fakeBrowser.storage.local.set({ colour: 'red' })
    expect([await held.read(), await held.read()]).toEqual(['red', 'red'])
    await fakeBrowser.storage.local.set({ shape: 'round' })
    await fakeBrowser.storage.session.set({ colour: 'grey' })
    expect(await held.read()).toBe('red')
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('is asked for again when it was changed from anywhere', async () => {
    const { held } = colour()
    expect(await held.read()).toBe(undefined)
    await fakeBrowser.storage.local.set({ colour: 'blue' })
    expect(await held.read()).toBe('blue')
  })

  it('is asked for again when the asking failed', async () => {
    const { asked, held } = colour()
    asked.mockRejectedValueOnce(new Error('closed'))
    await expect(held.read()).rejects.toThrow('closed')
    await fakeBrowser.storage.local.set({ colour: 'green' })
    expect(await held.read()).toBe('green')
  })
})
