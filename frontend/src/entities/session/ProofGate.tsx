import { lazy, Suspense, useEffect, useState } from 'react'
import { useProofAsked } from './proof'

const ProofDialog = lazy(async () => ({ default: (await import('./ProofDialog')).ProofDialog }))

/** Once per application: shows the dialog when a write waits for a proof. Its code is read the first time it is needed. */
export function ProofGate() {
  const asked = useProofAsked()
  const [needed, setNeeded] = useState(asked)
  useEffect(() => {
    if (asked) setNeeded(true)
  }, [asked])
  if (!needed) return null
  return (
    <Suspense>
      <ProofDialog asked={asked} />
    </Suspense>
  )
}
