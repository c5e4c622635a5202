import { readFileSync } from 'node:fs'

/** The example in the README, for a site that there is. */
export function exampleFor(wwwroot: string): string {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
  return example.replace('https://moodle.example', wwwroot)
}

/** All examples of a page, which belong together. */
export const blocksOf = (page: string): string =>
  Array.from(readFileSync(page, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g), ([, block]) => block).join('\n')
