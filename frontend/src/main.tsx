import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Menu.css'
import '@mantine/core/styles/Tooltip.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import './app/theme/tokens.css'
import './app/theme/fonts.css'
import './app/theme/base.css'
import './app/theme/boot.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/queryClient'
import { Providers } from './app/Providers'
import { createAppRouter, fetchPages } from './app/routes'
import { sessionQuery } from './entities/session/queries'
import { keepApplication, onAskedFor } from './lib/application'
import { atRest } from './lib/rest'

const queryClient = createQueryClient({ onSignedOut: () => void queryClient.invalidateQueries(sessionQuery) })
const router = createAppRouter(queryClient)
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root.')

void queryClient.prefetchQuery(sessionQuery)
fetchPages(router, queryClient)
// Drawn in small pieces, which give way to whoever acts meanwhile.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <Providers queryClient={queryClient}>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  ),
)

onAskedFor((href) => void router.navigate({ href }))
// Where the application is being built there is nothing to keep.
if (import.meta.env.PROD) atRest(() => void keepApplication().catch(() => {}))
