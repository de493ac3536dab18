/** Where posts lead to: given by the pages, which alone know addresses. */
export interface Addresses {
  person: (id: string) => string
  community: (id: string) => string
  /** Of a post, or of one of its comments. */
  post: (id: string, commentId?: string) => string
}
