/**
 * Where a running Moodle is known to contradict its own description of a function: the release, what was seen, and
 * what the client does about it. `npm run test:live` fails for any that is not listed here.
 */
export const contradictions: Readonly<Record<string, string>> = {}
