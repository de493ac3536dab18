import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { upload } from '@/entities/file/upload'
import { DOCUMENTS } from './queries'
import type { Document } from './types'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
/** What a page can be made of, as file pickers have it. */
export const importable = '.docx,.md,.markdown,.txt'

export const isImportable = ({ media_type, name }: Pick<Document, 'media_type' | 'name'>) =>
  media_type === WORD || (media_type.startsWith('text/') && /\.(md|markdown)$/i.test(name))

interface Source {
  folderId: string
  /** A file of this machine, or a document that is here already. */
  of: File | { id: string }
  once: string
}

/** A page made of a file. */
export function useImportPage() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ folderId, of, once }: Source) => {
      const source = of instanceof File ? { file_id: (await upload(of)).id } : { document_id: of.id }
      return answer(
        api.POST('/api/v1/folders/{folder_id}/page-imports', {
          params: { path: { folder_id: folderId } },
          body: source,
          headers: { 'idempotency-key': once },
        }),
      )
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: DOCUMENTS }),
  })
}
