import { build, type Rollup } from 'vite'

/** One of the bench's own files with all that it imports, to be run in a page. */
export async function bundled(name: string): Promise<string> {
  const entry = new URL(name, import.meta.url).pathname
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'bench', fileName: 'bench' },
    },
  })) as Rollup.RollupOutput[]
  const [chunk] = built.flatMap(({ output }) => output)
  return chunk?.type === 'chunk' ? chunk.code : ''
}
