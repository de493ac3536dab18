import { MantineProvider } from '@mantine/core'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Toaster } from '@/components/toast/Toaster'
import { ProofGate } from '@/entities/session/ProofGate'
import { useShownTheme } from '@/lib/theme'
import { cssVariablesResolver, theme } from './theme/mantine'

/** What every page finds around it. */
export function Providers({ queryClient, children }: { queryClient: QueryClient; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme={useShownTheme()}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        {children}
        <ProofGate />
        <Toaster />
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** The server writes a fresh one into each page it sends. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
