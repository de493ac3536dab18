import { startTransition, useEffect, useState } from 'react'

/** Whether what surrounds this is painted: what follows is then drawn in small pieces, which give way to whoever acts. */
export function useSoon(): boolean {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => startTransition(() => setPainted(true)), [])
  return isPainted
}
