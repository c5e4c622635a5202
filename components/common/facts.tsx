/** Dots between what stands in one line; each runs in its own direction. */
export function Facts({ facts }: { facts: string[] }) {
  return (
    <>
      {facts.map((fact, at) => (
        <span key={fact}>
          {at > 0 && ' · '}
          <bdi>{fact}</bdi>
        </span>
      ))}
    </>
  )
}
