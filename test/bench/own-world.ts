import type { CDPSession, Page } from 'playwright-core'

/** The extension's own world in a page's main frame: it sees into the closed panel, and the page does not see it. */
export interface OwnWorld {
  run<Argument, Value>(work: (argument: Argument) => Value, argument: Argument): Promise<Awaited<Value>>
  session: CDPSession
}

export async function ownWorld(page: Page, extensionId: string): Promise<OwnWorld> {
  const session = await page.context().newCDPSession(page)
  let world: string | undefined
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const isOurs = context.origin === `chrome-extension://${extensionId}`
    if (isOurs && context.auxData?.type === 'isolated') world = context.uniqueId
  })
  session.on('Runtime.executionContextsCleared', () => {
    world = undefined
  })
  await session.send('Runtime.enable')
  return {
    session,
    async run(work, argument) {
      if (world === undefined) throw new Error('nothing of the extension is in this page')
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression: `(${work})(${JSON.stringify(argument) ?? ''})`,
        uniqueContextId: world,
        awaitPromise: true,
        returnByValue: true,
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    },
  }
}
