/**
 * The first so many of some numbers in an order, in that order. They are kept in a heap with the last of them on top:
 * what comes behind it is passed by with one comparison, so that all need not be sorted for a page.
 */
export function firstOf(numbers: Int32Array, compare: (a: number, b: number) => number, count: number): Int32Array {
  const heap = numbers.slice(0, count)
  const sink = (from: number) => {
    const moved = heap[from]!
    let at = from
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) > 0) child += 1
      if (compare(heap[child]!, moved) <= 0) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = moved
  }
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(at)
  for (let i = heap.length; heap.length > 0 && i < numbers.length; i++) {
    if (compare(numbers[i]!, heap[0]!) >= 0) continue
    heap[0] = numbers[i]!
    sink(0)
  }
  return heap.sort(compare)
}
