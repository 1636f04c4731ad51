/** The number of a list's page as it stands in an address; the first for all that is none. */
export const pageNumber = (text: string | undefined): number => Math.min(10_000, Math.max(1, Number.parseInt(text ?? '1', 10) || 1));

/** Which page of a list this is, and the ways to those beside it; nothing where there is but one. @param size rows on a page */
export const Pages = ({ page, total, size, href }: { readonly page: number; readonly total: number; readonly size: number; readonly href: (page: number) => string }) => {
  const last = Math.max(1, Math.ceil(total / size));
  return last === 1 && page === 1 ? null : (
    <nav class="pages no-print" aria-label="Sider">
      <p>
        {`Side ${page} af ${last}. `}
        {page > 1 && <a href={href(Math.min(page - 1, last))}>Forrige</a>} {page < last && <a href={href(page + 1)}>Næste</a>}
      </p>
    </nav>
  );
};
