import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import type { Asked } from '@/features/posts/components/Composer'
import { begunOf } from '@/features/posts/writing'

/** What the address says is to be written on this page; once it is, or is given up, the address says it no longer. */
export function useAsked(): Asked {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const begun = begunOf(useSearch({ strict: false }))
  return {
    begun,
    onDone: () => {
      if (begun) void navigate({ to: pathname, search: {} as never, replace: true, resetScroll: false })
    },
  }
}
