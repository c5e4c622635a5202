import type { CallShapesOf } from './function-map.ts'
import type { DeprecatedFunction, GeneratedFunctions } from './generated/types/index.ts'
import type { FunctionName, Registry } from './registry.ts'

type WrittenFunctions = CallShapesOf<Registry>

/**
 * Every function of Moodle's web services: `{ params; returns; reach }` by name; what is written by hand wins, because
 * it knows more. An interface, so that a plugin's functions can be added to it.
 */
export interface MoodleFunctions extends WrittenFunctions, Omit<GeneratedFunctions, FunctionName> {}

/** Those that Moodle calls deprecated, in one of the two releases at least. */
export type DeprecatedName = DeprecatedFunction
