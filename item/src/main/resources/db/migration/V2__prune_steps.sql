-- Finds the orders that are over, the oldest first.
ALTER TABLE order_steps ADD KEY order_steps_taken_at (step, taken_at, order_id);
