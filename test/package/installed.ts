import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildClient, packClient } from '../../scripts/build-client.ts'

const NEEDED = ['zod', '@noble/hashes']

function packed(name: string, into: string): string {
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', into]
  const file = execFileSync('npm', args, { cwd: resolve('node_modules', name), encoding: 'utf8' })
  return join(into, file.trim())
}

/** An empty project with nothing but the package in it, as npm installs it from the tarball; no network is asked. */
export function installClient(): { project: string; bytes: number } {
  const folder = mkdtempSync(join(tmpdir(), 'aside-package-'))
  const project = join(folder, 'project')
  mkdirSync(project)
  buildClient()
  const client = packClient(folder)
  const tarballs = [client.file, ...NEEDED.map((name) => packed(name, folder))]
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const args = ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs]
  execFileSync('npm', args, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] })
  return { project, bytes: client.bytes }
}
