import { readFileSync } from 'node:fs'

/** Parameters as Moodle describes them; `catalogue.jsonl` is generated from a running Moodle 4.5.6. */
export type Shape =
  | { type: string; default?: unknown; optional?: boolean; notnull?: boolean }
  | { list: Shape; default?: unknown; optional?: boolean }
  | { object: Record<string, Shape>; default?: unknown; optional?: boolean }

export type FunctionInfo = {
  name: string
  ajax: boolean
  mobile: boolean
  login: boolean
  version?: string
  params?: Shape
  returns?: Shape | null
}

const lines = readFileSync(new URL('./catalogue.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')

export const catalogue: ReadonlyMap<string, FunctionInfo> = new Map(
  lines.map((line) => JSON.parse(line) as FunctionInfo).map((info) => [info.name, info]),
)
