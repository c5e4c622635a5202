import type { WrittenFunctions } from './function-map.ts'

/**
 * Every function of Moodle's web services: `{ params; returns; reach }` by name. An interface, so that a plugin's
 * functions can be added to it.
 */
export interface MoodleFunctions extends WrittenFunctions {}
