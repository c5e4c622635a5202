/** Whose way to a site's files: a token, an access key of `core_webservice_get_site_info`, or the browser's session. */
export interface FileWay {
  readonly wwwroot: string
  readonly wstoken?: string
  /** Moodle's `userprivateaccesskey`: good for files alone, so the better one to put into a page. */
  readonly accesskey?: string
}

/** The part of an address of this site's files that is the same on every way. */
interface OwnFile {
  readonly path: string
  readonly query: URLSearchParams
}

const scripts = /^\/(?:(?:webservice\/)?pluginfile\.php|tokenpluginfile\.php\/[^/]+)(?=\/|$)/

/**
 * The address under which a file of the site can be had on this way, whichever way the given address was for:
 * `webservice/pluginfile.php` with the token, `tokenpluginfile.php` with the access key, or `pluginfile.php`.
 * An address of another site, or of anything but files, comes back as it was: no key ever leaves for elsewhere.
 * An address with a key is itself a secret; do not store or log it. `downloadFile` needs none.
 */
export function fileAddress(way: FileWay, address: string): string {
  const file = ownFile(way.wwwroot, address)
  if (file === undefined) return address
  const { path, query } = file
  if (way.accesskey) {
    return whole(`${way.wwwroot}/tokenpluginfile.php/${encodeURIComponent(way.accesskey)}${path}`, query)
  }
  if (way.wstoken === undefined) return whole(`${way.wwwroot}/pluginfile.php${path}`, query)
  query.set('token', way.wstoken)
  return whole(`${way.wwwroot}/webservice/pluginfile.php${path}`, query)
}

/** The same address without anybody's key: to store, to compare, to log. */
export const plainFileAddress = (wwwroot: string, address: string): string =>
  fileAddress({ wwwroot }, address)

/** Without the host's scheme, which old texts have wrong; what comes out has the site's own. */
export function ownFile(wwwroot: string, address: string): OwnFile | undefined {
  const site = new URL(wwwroot)
  const url = URL.canParse(address, `${wwwroot}/`) ? new URL(address, `${wwwroot}/`) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.host !== site.host) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  const below = site.pathname.replace(/\/$/, '')
  if (!url.pathname.startsWith(`${below}/`)) return undefined
  const rest = url.pathname.slice(below.length)
  const script = scripts.exec(rest)?.[0]
  if (script === undefined) return undefined
  const query = new URLSearchParams(url.search)
  query.delete('token')
  return { path: rest.slice(script.length), query }
}

function whole(address: string, query: URLSearchParams): string {
  const text = query.toString()
  return text === '' ? address : `${address}?${text}`
}
