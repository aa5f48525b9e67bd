import { useState } from 'react';
import { StaticBlocks } from './StaticBlocks';
import type { Block, Cell } from './types';

/** `table` and `data_table`: the first row is the heading; a data table turns pages. */
export function TableBlock({ block }: { block: Block }) {
  const [head, ...rows] = block.rows ?? [];
  const size = block.type === 'data_table' ? (block.page_size ?? 10) : rows.length;
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(rows.length / Math.max(1, size)));
  const shown = rows.slice(page * size, (page + 1) * size);
  const align = (column: number): 'left' | 'center' | 'right' => block.column_settings?.[column]?.align ?? 'left';
  return (
    <div className="table-block">
      <table>
        {block.caption && <caption>{block.caption}</caption>}
        <thead>
          <tr>
            {head?.map((cell, column) => (
              <th key={column} scope="col" style={{ textAlign: align(column) }}>
                <CellText cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} style={{ textAlign: align(column) }}>
                  <CellText cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && <Pager page={page} pages={pages} turn={setPage} />}
    </div>
  );
}

function CellText({ cell }: { cell: Cell }) {
  if (cell.type === 'rich_text') return <StaticBlocks blocks={[cell as Block]} />;
  return <>{cell.text ?? cell.value ?? ''}</>;
}

function Pager({ page, pages, turn }: { page: number; pages: number; turn: (page: number) => void }) {
  return (
    <div className="pager">
      <button type="button" className="btn btn-small" disabled={page === 0} onClick={() => turn(page - 1)}>
        Previous
      </button>
      <span>
        {page + 1} of {pages}
      </span>
      <button type="button" className="btn btn-small" disabled={page + 1 >= pages} onClick={() => turn(page + 1)}>
        Next
      </button>
    </div>
  );
}
