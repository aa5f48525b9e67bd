/** Rows as one JSON text: Prisma's way of handing thousands of them over costs more than finding them (docs/performance.md). */
export const asJson = (result: readonly { rows: string }[]): unknown => JSON.parse(result[0]?.rows ?? '[]');
