import { readFileSync } from 'node:fs'

/** The example in the README, for a site that there is. */
export function exampleFor(wwwroot: string): string {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
  return example.replace('https://moodle.example', wwwroot)
}
