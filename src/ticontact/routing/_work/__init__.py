"""What waits for an agent: work items, queues, callbacks, the counter, and the department's rules about them."""
