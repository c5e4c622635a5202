import { wwwroot } from './fake-site.ts'

export const secrets = {
  sesskey: 'Kq7ZsessKEY',
  wstoken: '0123456789abcdef0123456789abcdef',
  privatetoken: 'pRiV4tE'.repeat(9).padEnd(64, 'x'),
  password: 'Pass.1234 &ü',
}
const launch = `aside://token=${btoa(`md5:::${secrets.wstoken}:::${secrets.privatetoken}`)}`

/** A sentence in which a careless server repeats everything it was told. */
export const gossip = [
  `sesskey=${secrets.sesskey}`,
  `see ${wwwroot}/lib/ajax/service.php?sesskey=${secrets.sesskey}&info=x`,
  `{"sesskey":"${secrets.sesskey}","privatetoken":"${secrets.privatetoken}"}`,
  `wstoken=${secrets.wstoken} and bare ${secrets.wstoken}`,
  `${wwwroot}/tokenpluginfile.php/${secrets.wstoken}/1/x.png?token=${secrets.wstoken}`,
  `password=${secrets.password}`,
  `password=${encodeURIComponent(secrets.password)}`,
  launch,
].join(' ')

const spellings = Object.values(secrets).flatMap((secret) => [secret, encodeURIComponent(secret)])

/** The secrets that an error tells, anywhere. */
export function toldBy(error: unknown): string[] {
  const everything = [
    JSON.stringify(error),
    String(error),
    error instanceof Error ? `${error.stack} ${JSON.stringify(error.cause)}` : '',
  ].join('\n')
  return [...spellings, launch.slice(14, 60)].filter((spelling) => everything.includes(spelling))
}
