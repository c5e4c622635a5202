/** As PHP's json_encode writes it by default: slashes and everything beyond ASCII escaped. */
export const jsonEncode = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
