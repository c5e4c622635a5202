import type { FunctionDefinition } from './define.ts'

/** What is known of a function before its fields are. */
export type Flags = Pick<FunctionDefinition, 'type' | 'ajax' | 'mobile' | 'idempotent'>

/** Descriptions of many functions, each loaded when it is first needed. */
export interface Catalogue {
  readonly names: () => readonly string[]
  readonly flags: (name: string) => Flags | undefined
  readonly load: (name: string) => Promise<FunctionDefinition>
}

export type Definitions = Readonly<Record<string, FunctionDefinition>>

/** Where a client looks a function up: what was written by hand first, then what is generated. */
export interface Directory {
  readonly flags: (name: string) => Flags | undefined
  readonly find: (name: string) => FunctionDefinition | Promise<FunctionDefinition> | undefined
}

export function createDirectory(written: Definitions, catalogue?: Catalogue): Directory {
  const loaded = new Map<string, FunctionDefinition>()
  const atHand = (name: string) => (Object.hasOwn(written, name) ? written[name] : loaded.get(name))

  async function load(name: string, from: Catalogue): Promise<FunctionDefinition> {
    const definition = await from.load(name)
    loaded.set(name, definition)
    return definition
  }

  return {
    flags: (name) => atHand(name) ?? catalogue?.flags(name),
    find: (name) => atHand(name) ?? (catalogue?.flags(name) ? load(name, catalogue) : undefined),
  }
}
