import { siteOf } from './dialogue.ts'

/** Where an account's site is and was: host and path count, the scheme does not. */
export interface SiteAddresses {
  wwwroot: string
  former?: readonly string[]
}

export function isOwnUrl(url: string, site: SiteAddresses): boolean {
  return underPresentRoot(url, site) !== undefined
}

/** The same page under the present wwwroot (after a move, or a change of scheme), if it is one of this site. */
export function underPresentRoot(url: string, site: SiteAddresses): string | undefined {
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (!target || !/^https?:$/.test(target.protocol) || target.username || target.password) return undefined
  const address = target.host + target.pathname
  const root = [site.wwwroot, ...(site.former ?? [])].map(siteOf).find((root) => isUnder(address, root))
  if (root === undefined) return undefined
  return site.wwwroot.replace(/\/+$/, '') + address.slice(root.length) + target.search + target.hash
}

function isUnder(address: string, root: string): boolean {
  return address === root || address.startsWith(`${root}/`)
}
