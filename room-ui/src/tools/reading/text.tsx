import type { Block, Span } from '../../wire/generated.ts';

/** Words as they stand in their line. A link leaves the room where it is and opens beside it. */
export function Line({ line }: { line: readonly Span[] }) {
  return line.map(({ words, style }, at) =>
    style.is === 'strong' ? <strong key={at}>{words}</strong>
    : style.is === 'stressed' ? <em key={at}>{words}</em>
    : style.is === 'link' ? <a key={at} href={style.to} target="_blank" rel="noopener noreferrer">{words}</a>
    : <span key={at}>{words}</span>,
  );
}

export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, at) => {
    if (block.is === 'heading') return <h4 key={at}><Line line={block.of} /></h4>;
    if (block.is === 'paragraph') return <p key={at}><Line line={block.of} /></p>;
    const items = block.of.items.map((item, which) => <li key={which}><Line line={item} /></li>);
    return block.of.numbered ? <ol key={at}>{items}</ol> : <ul key={at}>{items}</ul>;
  });
}

export function plain(line: readonly Span[]): string {
  return line.map((span) => span.words).join('');
}
