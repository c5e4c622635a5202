import type { CallShapesOf } from './function-map.ts'
import type { GeneratedFunctions } from './generated/types/index.ts'
import type { FunctionName, Registry } from './registry.ts'

type WrittenFunctions = CallShapesOf<Registry>

/**
 * Every function of Moodle's web services: `{ params; returns; reach }` by name; what is written by hand wins, because
 * it knows more. An interface, so that a plugin's functions can be added to it.
 */
export interface MoodleFunctions extends WrittenFunctions, Omit<GeneratedFunctions, FunctionName> {}
