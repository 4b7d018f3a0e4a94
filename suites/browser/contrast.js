// Texts whose contrast is below that of WCAG 2.1 AA: 4.5, and 3 for large letters.
(() => {
	const rgb = s => (s.match(/[\d.]+/g) || []).map(Number)
	const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b }
	const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + .05) / (y + .05) }
	const behind = e => {
		for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length == 3 || c[3] == 1) return c.slice(0, 3) }
		return [255, 255, 255]
	}
	const found = new Set()
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement
		if (!texts.currentNode.data.trim() || !e.getClientRects().length || e.closest(".sr, .skip")) continue
		const style = getComputedStyle(e), drawn = !!e.closest("svg")
		const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700
		const backs = [behind(e)]
		const shade = drawn && e.closest("svg").querySelector("rect.f")
		if (shade) backs.push(rgb(getComputedStyle(shade).fill).slice(0, 3))
		for (const back of backs) {
			const r = ratio(rgb(drawn ? style.fill : style.color).slice(0, 3), back)
			if (r < (large ? 3 : 4.5)) found.add(`${r.toFixed(1)} for "${texts.currentNode.data.trim().slice(0, 40)}" in ${e.tagName}.${e.className.baseVal ?? e.className} on ${back}`)
		}
	}
	return [...found].slice(0, 10)
})()
