/** One line about a field, wherever it stands: `conversations[].id`. */
export interface Row {
  readonly path: string
  readonly type: string
  readonly note: string
}

export const inside = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
