import { Parser } from 'htmlparser2'
import { growEntities } from './entities.ts'

type Handlers = ConstructorParameters<typeof Parser>[0]

/** The one way to a parser: it finds the names of characters known. */
export function createParser(handlers: Handlers): Parser {
  growEntities()
  return new Parser(handlers)
}
