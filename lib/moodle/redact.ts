const hidden = '[hidden]'

const named =
  /((?:sesskey|wstoken|privatetoken|token|password|wspassword|userprivateaccesskey|MoodleSession\w*)["']?\s*(?:=|:|%3D)\s*["']?)[^\s"'&,;<>)}\]]+/gi
const inPaths = /(tokenpluginfile\.php\/)[^/\s"']+/gi
/** Tokens and access keys are 32 hexadecimal digits, private tokens 64 letters and digits, launch values long base64. */
const shaped = /\b[0-9a-f]{32}\b|\b[A-Za-z0-9+/]{60,}={0,2}/gi

const everySpelling = (secret: string): string[] => [secret, encodeURIComponent(secret), btoaSafe(secret)]

function btoaSafe(secret: string): string {
  try {
    return btoa(secret)
  } catch {
    return secret
  }
}

/**
 * Takes every secret out of a text: the ones given, and whatever is named, placed or shaped like one.
 * All server texts pass through here before they become part of an error.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length > 2).flatMap(everySpelling)
  const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, hidden), text)
  return withoutKnown.replace(named, `$1${hidden}`).replace(inPaths, `$1${hidden}`).replace(shaped, hidden)
}
