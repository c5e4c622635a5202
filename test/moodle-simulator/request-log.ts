/** One request as it came, without query, body or cookie: nothing secret is kept. */
export type RequestEntry = {
  time: number
  method: string
  path: string
  functions: string[]
  /** 0 where nobody was known. */
  userid: number
  nosessionupdate: boolean
  status: number
  requestBytes: number
  responseBytes: number
}

export type RequestLog = {
  all(): readonly RequestEntry[]
  /** How often a function was asked for, over either transport. */
  count(name: string): number
  to(path: string): RequestEntry[]
  clear(): void
  add(entry: RequestEntry): void
}

export function createRequestLog(): RequestLog {
  let entries: RequestEntry[] = []
  return {
    all: () => entries,
    count: (name) => entries.flatMap((entry) => entry.functions).filter((held) => held === name).length,
    to: (path) => entries.filter((entry) => entry.path === path),
    clear: () => {
      entries = []
    },
    add: (entry) => {
      entries.push(entry)
    },
  }
}
