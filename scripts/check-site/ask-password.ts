import { stderr, stdin } from 'node:process'

/** Reads a line that is not shown, from a terminal; nothing of it reaches a log or the list of processes. */
export function askPassword(question: string): Promise<string> {
  if (!stdin.isTTY)
    return Promise.reject(new Error('There is no terminal to ask for a password; set MOODLE_PASSWORD.'))
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const end = () => {
      stdin.off('data', hear)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
    }
    const hear = (data: Buffer) => {
      for (const letter of data.toString()) {
        if (letter === '\r' || letter === '\n') {
          end()
          return resolve(typed)
        }
        if (letter === '\u0003') {
          end()
          return reject(new Error('given up'))
        }
        typed = letter === '\u007f' ? typed.slice(0, -1) : typed + letter
      }
    }
    stdin.on('data', hear)
  })
}
