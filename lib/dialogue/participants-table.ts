import { createParser } from './parser.ts'
import { collapse } from './words.ts'

/** What the participants page's own table says; only those who may change roles or groups see ids in it. */
export interface ParticipantsTable {
  /** Rows of all its pages. */
  total: number
  rows: ParticipantsRow[]
  /** Names of roles and groups, where the table offers them for change. */
  roleNames: Map<number, string>
}

export interface ParticipantsRow {
  userId: number
  roleIds?: number[]
  /** "Teacher, Student", as the course calls them. */
  roles?: string
  groupIds?: number[]
  /** "2 days 3 hours", "Never". */
  lastInCourse?: string
}

interface Reading {
  table: ParticipantsTable
  /** The columns' names by their place: a site may show more or fewer. */
  columns: Map<string, string>
  row: ParticipantsRow | undefined
  column: string | undefined
  words: string
  isHead: boolean
}

type Attributes = Record<string, string>

const ID_OF_CHECKBOX = /^user(\d+)$/

function numbers(json: string | undefined): number[] {
  const listed: unknown = parsed(json)
  return Array.isArray(listed) ? listed.map(Number).filter(Number.isSafeInteger) : []
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '')
  } catch {
    return undefined
  }
}

function optionsOf(json: string | undefined): [number, string][] {
  const { options } = (parsed(json) ?? {}) as { options?: { key?: unknown; value?: unknown }[] }
  if (!Array.isArray(options)) return []
  return options.map(({ key, value }) => [Number(key), String(value)])
}

/** Moodle's editable cells say in ids what they show in words. */
function readEditable(reading: Reading, attributes: Attributes): void {
  if (!reading.row) return
  if (attributes['data-itemtype'] === 'user_groups') reading.row.groupIds = numbers(attributes['data-value'])
  if (attributes['data-itemtype'] !== 'user_roles') return
  reading.row.roleIds = numbers(attributes['data-value'])
  for (const [id, name] of optionsOf(attributes['data-options'])) reading.table.roleNames.set(id, name)
}

function columnOf(attributes: Attributes): string | undefined {
  return /\bc(\d+)\b/.exec(attributes.class ?? '')?.[1]
}

function opened(reading: Reading, name: string, attributes: Attributes): void {
  const total = attributes['data-table-total-rows']
  if (total !== undefined) reading.table.total = Number(total)
  if (name === 'thead') reading.isHead = true
  if (name === 'td' || name === 'th') {
    reading.column = columnOf(attributes)
    reading.words = ''
  }
  const heads = reading.isHead ? attributes['data-column'] : undefined
  if (heads && reading.column) reading.columns.set(reading.column, heads)
  const id = name === 'input' && !reading.isHead && ID_OF_CHECKBOX.exec(attributes.id ?? '')?.[1]
  if (id) reading.row = { userId: Number(id) }
  readEditable(reading, attributes)
}

function closed(reading: Reading, name: string): void {
  if (name === 'thead') reading.isHead = false
  if (name === 'tr' && reading.row) {
    reading.table.rows.push(reading.row)
    reading.row = undefined
  }
  if ((name !== 'td' && name !== 'th') || !reading.row || !reading.column) return
  const heads = reading.columns.get(reading.column)
  const words = collapse(reading.words)
  if (heads === 'roles' && words) reading.row.roles = words
  if (heads === 'lastaccess' && words) reading.row.lastInCourse = words
}

/** Reads megabytes piece by piece; empty rows, with which Moodle fills a page up, are none. */
export function readParticipants(html: string): ParticipantsTable {
  const table: ParticipantsTable = { total: 0, rows: [], roleNames: new Map() }
  const reading: Reading = {
    table,
    columns: new Map(),
    row: undefined,
    column: undefined,
    words: '',
    isHead: false,
  }
  const parser = createParser({
    onopentag: (name, attributes) => opened(reading, name, attributes),
    onclosetag: (name) => closed(reading, name),
    ontext(text) {
      reading.words += text
    },
  })
  parser.end(html)
  return table
}
