/** The site's address out of what somebody copied from the address bar; nothing where it is no address. */
export function siteAddress(typed: string): string | undefined {
  const whole = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`
  if (!URL.canParse(whole)) return undefined
  const { origin, pathname } = new URL(whole)
  const folder = pathname.replace(/\/(?:login|my|course|user|admin|webservice)(?:\/.*)?$/, '')
  return origin + folder.replace(/\/(?:index\.php)?$/, '')
}
