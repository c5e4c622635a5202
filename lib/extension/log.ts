import { browser } from 'wxt/browser'
import type { AccountId } from '../dialogue/dialogue.ts'
import { addToLog, admit, EMPTY_LOG, type Log, type Note, type Vocabulary } from '../dialogue/log.ts'

/** In memory only and gone with the browser; whose numbers they are stands apart, so that the log names nobody. */
interface Stored {
  /** As text: the browser would take two hundred notes over one by one. */
  log?: string
  logAccounts?: AccountId[]
}

interface Book {
  log: Log
  accounts: AccountId[]
}

const SAVE_AFTER_MS = 500

export type LogBook = ReturnType<typeof createLog>

/** The log of this browser session; it goes on where a worker that was stopped left it. */
export function createLog(words: Vocabulary) {
  let book: Promise<Book> | undefined
  let saving: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<Book> {
    const { log, logAccounts } = await browser.storage.session
      .get<Stored & Record<string, unknown>>(['log', 'logAccounts'])
      .catch((): Stored => ({}))
    return { log: log === undefined ? EMPTY_LOG : JSON.parse(log), accounts: logAccounts ?? [] }
  }

  async function save(): Promise<void> {
    clearTimeout(saving)
    saving = undefined
    const { log, accounts } = await read()
    await browser.storage.session
      .set({ log: JSON.stringify(log), logAccounts: accounts })
      .catch(() => undefined)
  }

  function read(): Promise<Book> {
    book ??= load()
    return book
  }

  function note(accountId: AccountId | undefined, noted: Note): void {
    const entry = admit(noted, words)
    if (!entry) return
    const timeMs = Date.now()
    book = read().then(({ log, accounts: known }) => {
      const accounts = accountId === undefined || known.includes(accountId) ? known : [...known, accountId]
      const whose = accountId === undefined ? {} : { account: accounts.indexOf(accountId) + 1 }
      return { accounts, log: addToLog(log, { ...entry, timeMs, ...whose }) }
    })
    saving ??= setTimeout(() => void save(), SAVE_AFTER_MS)
  }

  return {
    note,
    save,
    read: async () => (await read()).log,
    /** The number by which the log knows an account, if it does. */
    numberOf: async (accountId: AccountId) => (await read()).accounts.indexOf(accountId) + 1 || undefined,
  }
}
