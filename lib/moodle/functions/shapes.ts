import * as z from 'zod/mini'
import { once } from '../once.ts'
import { maxMessageBytes, nullAsEmptyList, numberAsText } from '../quirks.ts'

// An extension's pages forbid `eval`, and zod's attempt at it would be logged as a violation.
z.config({ jitless: true })

export const int = z.int()
export const num = z.number()
export const str = z.string()
export const bool = z.boolean()
export const list = z.array
export const either = z.union
export const opt = z.optional
/** Moodle says null. */
export const maybe = z.nullable
/** An object of an answer: what is not named here is left out. */
export const row = z.object
/** The parameters of a function: a name that Moodle does not know makes it refuse the call. */
export const params = z.strictObject

/** A text that Moodle may hand over as a number. */
export const rawText = once(() => z.pipe(z.transform(numberAsText), maybe(str)))

export const warnings = once(() =>
  z.pipe(
    z.transform(nullAsEmptyList),
    list(row({ item: opt(maybe(str)), itemid: opt(maybe(int)), warningcode: str, message: str })),
  ),
)

/** Functions that return nothing answer null, `[]` or not at all. */
export const nothing = once(() =>
  z.pipe(
    z.unknown(),
    z.transform((): void => undefined),
  ),
)

const encoder = new TextEncoder()
const bytesOf = (text: string) => encoder.encode(text).length

/** Blank texts are stored by Moodle, some with an error: they never leave. Its limit counts bytes. */
export const messageText = once(() =>
  str.check(
    z.refine((text) => text.trim() !== '', { error: 'the text is blank' }),
    z.refine((text) => bytesOf(text) <= maxMessageBytes, {
      error: `the text exceeds ${maxMessageBytes} bytes`,
    }),
  ),
)
