// What a screen reader is given of the page: Chromium's accessibility tree, and what is said as it changes.

// Every node that is read, in the page's order: role, name, and what else is said with it.
export async function tree(context, page) {
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = [];
  const walk = (id) => {
    const node = byId.get(id);
    if (!node) return;
    if (!node.ignored && !["InlineTextBox", "StaticText", "none", "generic"].includes(node.role.value)) {
      const more = Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value]));
      read.push({ role: node.role.value, name: node.name?.value ?? "", description: node.description?.value ?? "", ...more });
    }
    for (const child of node.childIds ?? []) walk(child);
  };
  walk(nodes[0].nodeId);
  return read;
}

// Keeps each sentence of a live region that is seen, as it comes.
export const listen = (page) => page.evaluate(() => {
  window.heard = [];
  const say = (region) => {
    const words = region.closest("[hidden]") ? "" : region.textContent.trim();
    if (words && window.heard.at(-1)?.[1] !== words) window.heard.push([region.id, words]);
  };
  for (const region of document.querySelectorAll("[role=status], [role=alert]")) {
    say(region);
    new MutationObserver(() => say(region)).observe(region, { attributes: true, childList: true, characterData: true, subtree: true });
  }
});
