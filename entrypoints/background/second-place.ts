import { browser } from 'wxt/browser'
import { PREFIX, type SecondPlace } from '../../lib/store/second-place.ts'

/** `storage.local`: another file than the database's, so that what spoils one does not spoil both. */
export const secondPlace: SecondPlace = {
  async read() {
    const items = await browser.storage.local.get<Record<string, unknown>>(null)
    return Object.fromEntries(Object.entries(items).filter(([key]) => key.startsWith(PREFIX)))
  },
  async write(changes) {
    const put = [...changes].filter(([, item]) => item !== undefined)
    const gone = [...changes].filter(([, item]) => item === undefined).map(([key]) => key)
    if (put.length > 0) await browser.storage.local.set(Object.fromEntries(put))
    if (gone.length > 0) await browser.storage.local.remove(gone)
  },
}
