"""What somebody who leaves hands over, whole or of one subject."""
